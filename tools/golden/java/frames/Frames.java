/** Prints one JSON line for every frame, stored message and text that this generation's own encoders make. */
final class Frames {
  private Frames() {}

  public static void main(String[] args) throws Exception {
    Stdout.reserve();
    Out out = new Out(args[0]);
    Commands.write(out);
    Registrations.write(out);
    Records.write(out);
    Texts.write(out);
    CompressedBodies.write(out);
    Generation.writeMore(out);
  }
}
