import { Fault } from "../errors.ts";

/** What was asked for, or what `otherwise` gives where the server is of a version that doesn't know the request. */
export async function whereServed<T>(asking: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Fault && error.fault === "not-supported") return otherwise();
    throw error;
  }
}
