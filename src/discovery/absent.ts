import { Fault } from "../errors.ts";

/** What was asked for; null when the server refuses with the code that says there is none. */
export async function orNull<T>(asking: Promise<T>, absentCode: number): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Fault && error.options.response?.code === absentCode) return null;
    throw error;
  }
}
