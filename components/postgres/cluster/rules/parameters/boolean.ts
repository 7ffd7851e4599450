// PostgreSQL accepts every unambiguous beginning of these words, in any case.

/** Whether a parameter is switched off. */
export function isOff(value: string): boolean {
  return /^(of|off|0|f|fa|fal|fals|false|n|no)$/i.test(value);
}

/** Whether a parameter is switched on. */
export function isOn(value: string): boolean {
  return /^(on|1|t|tr|tru|true|y|ye|yes)$/i.test(value);
}
