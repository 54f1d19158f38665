// Keeps only those icons of the codicon font that the panel draws: the whole font has over five hundred.
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const source = "node_modules/@vscode/codicons/dist";

/**
 * Writes the style sheet and the font with the icons whose names the panel's code contains, or whose characters its style sheet does.
 *
 * @param {string} folder where the panel's bundles are
 */
export async function writeIcons(folder) {
  const [css, font, code, styles] = await Promise.all([
    readFile(`${source}/codicon.css`, "utf8"),
    readFile(`${source}/codicon.ttf`),
    readFile(`${folder}/panel.js`, "utf8"),
    readFile(`${folder}/panel.css`, "utf8"),
  ]);
  const contents = new Set(Array.from(styles.matchAll(/content:\s*["']\\?([^"']+)["']/g), ([, text]) => text));
  const isUsed = (name, number) =>
    new RegExp(`["'\`\\s-]${name}["'\`\\s]`).test(code) || contents.has(number) || contents.has(character(number));
  const used = [];
  const kept = css.replace(/^\.codicon-([\w-]+):before \{ content: "\\([0-9a-f]+)" \}\n/gm, (rule, name, number) => {
    if (!isUsed(name, number)) return "";
    used.push(character(number));
    return rule;
  });
  const note = "/* This style sheet and its font have only those of the codicons that the panel of Yieldpoint draws. */\n";
  await writeFile(`${folder}/codicon.css`, note + kept);
  await writeFile(`${folder}/codicon.ttf`, await subsetFont(font, used.join(""), { targetFormat: "truetype" }));
}

function character(number) {
  return String.fromCodePoint(Number.parseInt(number, 16));
}
