// Switches the language of a page that holds both.
(function () {
  "use strict";
  const root = document.documentElement;
  const buttons = Array.from(document.querySelectorAll("[data-language]"));

  function speak(language) {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === language));
    try {
      localStorage.setItem("sijill-language", language);
    } catch (error) {
      // A page opened from a file may have no storage.
    }
  }
  for (const button of buttons) button.addEventListener("click", () => speak(button.dataset.language));
  speak(root.lang === "en" ? "en" : "ar");
})();
