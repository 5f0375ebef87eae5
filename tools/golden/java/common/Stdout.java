import java.io.PrintStream;

/** Standard output for results alone: whatever else a library prints there goes to standard error. */
final class Stdout {
  private static final PrintStream RESULTS = System.out;

  private Stdout() {}

  static void reserve() {
    System.setOut(System.err);
  }

  static void print(String line) {
    RESULTS.println(line);
  }
}
