export function programFolder(): string;
