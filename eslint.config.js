import js from "@eslint/js";
import globals from "globals";

// A folder of ui/frontend imports from itself and from lower layers, lowest first.
const LAYERS = [
  ["core"],
  ["latent", "decoding", "widgets"],
  ["panels", "map", "morph", "dimensions"],
  ["crossover"],
];

/** Forbids `folder`, in layer `level`, to import from its own layer's other folders and from higher ones. */
function layerRule(folder, level) {
  const forbidden = LAYERS.slice(level)
    .flat()
    .filter((other) => other !== folder);
  const allowed = [folder, ...LAYERS.slice(0, level).flat()];
  const rule = {
    patterns: [
      {
        regex: `^(\\.\\./)+(${forbidden.join("|")})/`,
        message: `${folder}/ may import only from ${allowed.join(", ")}.`,
      },
    ],
  };
  return {
    files: [`ui/frontend/${folder}/**/*.js`],
    rules: { "no-restricted-imports": ["error", rule] },
  };
}

const layerRules = LAYERS.flatMap((folders, level) =>
  folders.filter(() => level < LAYERS.length - 1).map((folder) => layerRule(folder, level)),
);

export default [
  {
    files: ["ui/frontend/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...js.configs.recommended.rules,
      "array-callback-return": "error",
      "default-case-last": "error",
      eqeqeq: "error",
      "no-alert": "error",
      "no-console": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-return-assign": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-useless-concat": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "no-warning-comments": "error", // what is left to do is done, or written down elsewhere
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-object-spread": "error",
      "prefer-template": "error",
      // DOM text is text: nothing a person or a file brings may become markup.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "Text goes into the page as text: use el(), svg() or setText().",
        })),
      ],
    },
  },
  ...layerRules,
];
