import { describe, expect, test } from "bun:test";
import { readHouse } from "../../tools/gate/graph.ts";
import { importsIn } from "../../tools/gate/imports.ts";
import { tokensOf } from "../../tools/gate/tokens.ts";

function specifiers(source: string): (string | null)[] {
  return importsIn(tokensOf(source)).map(({ specifier }) => specifier);
}

describe("importsIn finds", () => {
  test.each([
    `import "./a.ts";`,
    `import a from "./a.ts";`,
    `import a, { b as c, type D } from './a.ts';`,
    `import * as a from "./a.ts";`,
    `import type { A } from "./a.ts";`,
    `import type A from "./a.ts";`,
    `import from from "./a.ts";`,
    `import data from "./a.ts" with { type: "json" };`,
    `import { a, /* from "./x.ts" */ b } from "./a.ts";`,
    `export * from "./a.ts";`,
    `export * as a from "./a.ts";`,
    `export { a, default as b } from "./a.ts";`,
    `export type { A } from "./a.ts";`,
    `export type * from "./a.ts";`,
    `const a = await import("./a.ts");`,
    "const a = await import(`./a.ts`);",
    `const a = import("./a.ts", { with: { type: "json" } });`,
    `let a: import("./a.ts").A;`,
    `const text = \`\${{ a: (await import('./a.ts')).a }.a} and \${'}'}\`;`,
    `const quote = /["']/; import "./a.ts";`,
    `const ratio = a / b; import "./a.ts"; const c = d / e;`,
  ])("one import in %s", (source) => {
    expect(specifiers(source)).toEqual(["./a.ts"]);
  });

  test.each([
    `// import "./a.ts";`,
    `/* import "./a.ts"; */`,
    "/** {@link import('./a.ts').A} */",
    `const text = 'import "./a.ts"';`,
    `const text = \`import './a.ts'; \${\`import './b.ts'\`}\`;`,
    `const pattern = /import "a.ts"/;`,
    `const base = import.meta.url;`,
    `const a = { import: "./a.ts" }; a.import("./a.ts");`,
    `export const from = "./a.ts";`,
    `export default from; "./a.ts";`,
    `export type A = B<"./a.ts">;`,
    `const a = 1; export { a }; const from = "./a.ts";`,
    `export function from() { return "./a.ts"; }`,
  ])("none in %s", (source) => {
    expect(specifiers(source)).toEqual([]);
  });

  test.each(["import(name)", `import(\`./\${name}.ts\`)`, `import("./" + name)`])("a computed one in %s", (source) => {
    expect(specifiers(source)).toEqual([null]);
  });

  test("the line of each", () => {
    const source = `/*\n*/ import "./a.ts";\nconst text = \`\n\`;\nimport "./b.ts";`;
    expect(importsIn(tokensOf(source))).toEqual([
      { specifier: "./a.ts", line: 2 },
      { specifier: "./b.ts", line: 5 },
    ]);
  });
});

test("whatever Bun's own scanner finds in the house is found", async () => {
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  for (const { path, imports } of await readHouse()) {
    const source = await Bun.file(new URL(`../../${path}`, import.meta.url)).text();
    const found = imports.map(({ specifier }) => specifier);
    expect(found).toEqual(expect.arrayContaining(transpiler.scanImports(source).map((each) => each.path)));
  }
});
