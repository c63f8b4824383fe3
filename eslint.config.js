import js from "@eslint/js";
import globals from "globals";

// A folder of ui/frontend imports from itself and from lower layers, lowest first.
const LAYERS = [
  ["core"],
  ["latent", "decoding", "widgets"],
  ["panels", "map", "morph", "dimensions", "samples", "learn"],
  ["crossover"],
];

/** Forbids imports from other folders of the same layer and from higher layers. */
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

const MAX_LINES = 100; // of a function, a closure or a class; blank lines and comments do not count

/** The number of a node's lines that hold code. */
function codeLines(node, sourceCode) {
  const lines = new Set();
  for (const token of sourceCode.getTokens(node)) {
    for (let line = token.loc.start.line; line <= token.loc.end.line; line++) lines.add(line);
  }
  return lines.size;
}

/** ESLint's own rule limits functions only. */
const maxLinesPerClass = {
  meta: {
    type: "suggestion",
    schema: [{ type: "integer", minimum: 1 }],
    messages: { tooLong: "Class {{name}} has {{lines}} lines of code; the maximum is {{max}}." },
  },
  create(context) {
    const max = context.options[0];
    const check = (node) => {
      const lines = codeLines(node, context.sourceCode);
      const name = node.id?.name ?? "(anonymous)";
      if (lines > max) context.report({ node, messageId: "tooLong", data: { name, lines, max } });
    };
    return { ClassDeclaration: check, ClassExpression: check };
  },
};

const sizeRules = {
  files: ["ui/frontend/**/*.js"],
  plugins: { local: { rules: { "max-lines-per-class": maxLinesPerClass } } },
  rules: {
    "local/max-lines-per-class": ["error", MAX_LINES],
    "max-lines-per-function": [
      "error",
      { max: MAX_LINES, skipBlankLines: true, skipComments: true, IIFEs: true },
    ],
  },
};

export default [
  {
    files: ["ui/frontend/**/*.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["tests/frontend/**/*.js"],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    files: ["ui/frontend/**/*.js", "tests/frontend/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
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
  sizeRules,
  ...layerRules,
];
