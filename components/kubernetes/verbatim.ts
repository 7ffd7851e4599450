/** A text for an argument or a variable of a container as it is: Kubernetes replaces $(NAME), and takes $$ for $. */
export function verbatim(text: string): string {
  return text.replaceAll("$", "$$$$");
}
