"""Incidents as other people's codebooks have them: rows of ACLED, UCDP GED and PLOVER, each with its reasons and with what is lost."""
