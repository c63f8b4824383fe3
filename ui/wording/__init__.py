"""Words on pages: numbers, escaping, file names, the glossary and its explanations."""
