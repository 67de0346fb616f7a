"""Incidents of very many readings, step by step, by whatever engine.

The steps, in their order (those with a star are done by the main process, on numbers alone):

    signed, told    the readings of some units: signatures by day of publication, tellings by window of time        runs
    kin             texts that are akin to earlier ones, for a stretch of days                                        kin
    loose           the same for texts without a day of publication, of all stretches                                 kin
    families *      joined over all stretches                                                                        families
    ties            pairs of tellings likely to be one, for a stretch of windows                                      ties
    chains *        ties joined over all stretches, and cut into components                                          chains
    settled         components into incidents, for a stretch of windows                                              settled
    homes *         of which incident every claim is                                                                 homes
    votes           what every report says of wholes and parts                                                       votes
    parents *       which incident is a part of which                                                                parents
    reports         of which incident every report is                                                                votes
    handed          readings, sorted by the stretch of their incidents                                               handed
    incidents       figures reconciled, for the incidents of a stretch                                               incidents

Every step leaves one file, named by a hash of all that it was made from. So a run that was killed goes on, and a run over more readings
does anew only what they change.
"""
