// Language and colours of every page of the desk; the choice is remembered by the browser.
(function () {
  "use strict";
  const root = document.documentElement;
  const remember = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch (error) {
      // No storage: the choice holds for this visit.
    }
  };

  function speak(language) {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    for (const element of document.querySelectorAll("[data-attribute]"))
      element.setAttribute(element.dataset.attribute, element.dataset[language]);
    for (const option of document.querySelectorAll("option[data-ar]")) option.textContent = option.dataset[language];
    for (const button of document.querySelectorAll("[data-language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    document.dispatchEvent(new CustomEvent("sijill-language", { detail: language }));
  }

  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => {
      remember("sijill-language", button.dataset.language);
      speak(button.dataset.language);
    });

  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("sijill-theme", root.dataset.theme);
  });

  speak(root.lang);
})();
