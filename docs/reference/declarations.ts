import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");

/** An argument or an output, as its documentation comment has it. */
export interface Property {
  name: string;
  /** As it is written, less what Pulumi wraps around it. */
  type: string;
  optional: boolean;
  text: string;
  default?: string;
}

export interface Declaration {
  name: string;
  text: string;
  properties: Property[];
  /** Values of a choice, for a constant with a type of the same name. */
  values?: { value: string; text: string }[];
  examples: string[];
}

/** Interfaces, choices and classes of the components, by their names. */
export function declarations(): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration & { parents: string[] }>();
  for (const file of globSync("components/**/*.ts", { cwd: ROOT }).sort()) {
    if (file.startsWith("components/crds/") || file === "components/index.ts") continue;
    const text = readFileSync(join(ROOT, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      const declared = declarationOf(node);
      if (declared) found.set(declared.name, declared);
    });
  }
  const whole = (name: string): Property[] => {
    const declared = found.get(name);
    return declared ? [...declared.properties, ...declared.parents.flatMap(whole)] : [];
  };
  return new Map(
    [...found].map(([name, declared]) => [name, { ...declared, properties: whole(name) }]),
  );
}

function declarationOf(node: ts.Node): (Declaration & { parents: string[] }) | undefined {
  if (ts.isInterfaceDeclaration(node)) {
    const parents = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText()),
    );
    const properties = node.members.filter(ts.isPropertySignature).map(propertyOf);
    return { name: node.name.text, ...commentOf(node), properties, parents };
  }
  if (ts.isClassDeclaration(node) && node.name && isComponent(node)) {
    const outputs = node.members.filter(ts.isPropertyDeclaration).map(propertyOf);
    return { name: node.name.text, ...commentOf(node), properties: outputs, parents: [] };
  }
  if (ts.isVariableStatement(node)) return choiceOf(node);
  return undefined;
}

function isComponent(node: ts.ClassDeclaration): boolean {
  return (node.heritageClauses ?? []).some((clause) =>
    clause.getText().includes("ComponentResource"),
  );
}

/** `export const Spread = { Required: "required", ... } as const`. */
function choiceOf(node: ts.VariableStatement): (Declaration & { parents: string[] }) | undefined {
  const [declared] = node.declarationList.declarations;
  const value = declared?.initializer;
  if (!declared || !value || !ts.isAsExpression(value)) return undefined;
  if (!ts.isObjectLiteralExpression(value.expression)) return undefined;
  const members = value.expression.properties.filter(ts.isPropertyAssignment);
  const values = members
    .filter(({ initializer }) => ts.isStringLiteral(initializer))
    .map((member) => ({
      value: (member.initializer as ts.StringLiteral).text,
      text: commentOf(member).text,
    }));
  if (values.length === 0 || values.length < members.length) return undefined;
  return { name: declared.name.getText(), ...commentOf(node), properties: [], values, parents: [] };
}

function propertyOf(node: ts.PropertySignature | ts.PropertyDeclaration): Property {
  const { text, tags } = commentOf(node);
  const byDefault = tags.get("default")?.[0];
  return {
    name: node.name.getText(),
    type: plainType(node.type?.getText() ?? ""),
    optional: node.questionToken !== undefined,
    text,
    ...(byDefault !== undefined && { default: byDefault }),
  };
}

/** Without Pulumi's Inputs and Outputs, and without what only programs have. */
function plainType(type: string): string {
  const [, inner] = /^pulumi\.(?:Input|Output)<(.*)>$/s.exec(type) ?? [];
  return (inner ?? type)
    .replace(/pulumi\.Input<([^<>]*)>/g, "$1")
    .replace(/k8s\.types\.input\.(\w+\.)*/g, "");
}

function commentOf(node: ts.Node): {
  text: string;
  examples: string[];
  tags: ReadonlyMap<string, string[]>;
} {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const comment = comments.at(-1);
  const tags = new Map<string, string[]>();
  for (const tag of comment?.tags ?? []) {
    const name = tag.tagName.text;
    tags.set(name, [...(tags.get(name) ?? []), plain(tag.comment)]);
  }
  return { text: plain(comment?.comment), examples: tags.get("example") ?? [], tags };
}

function plain(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  const text = ts.getTextOfJSDocComment(comment) ?? "";
  return text.replace(/\{@link (\w+)\}/g, "`$1`").trim();
}
