import js from "@eslint/js";

const browser = [
  "Blob", "DecompressionStream", "IntersectionObserver", "L", "Path2D", "ResizeObserver", "Response", "TextDecoder",
  "TextEncoder", "URL", "URLSearchParams", "addEventListener", "atob", "cancelAnimationFrame", "clearInterval",
  "clearTimeout", "document", "getComputedStyle", "globalThis", "history", "location", "matchMedia", "navigator",
  "performance", "print", "requestAnimationFrame", "setInterval", "setTimeout",
];

export default [
  js.configs.recommended,
  {
    languageOptions: { globals: Object.fromEntries(browser.map((name) => [name, "readonly"])) },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      // the minifier takes spaces out of a template inside a template
      "no-restricted-syntax": ["error", { selector: "TemplateLiteral TemplateLiteral", message: "Part nested templates." }],
      // the rule of the page: text from data becomes text, never markup
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"].map((property) => ({ property }))],
    },
  },
];
