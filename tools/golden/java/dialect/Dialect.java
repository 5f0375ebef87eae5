/** Prints one JSON line for every sample: what RemotingSerializable of this generation writes and how it reads. */
final class Dialect {
  private Dialect() {}

  public static void main(String[] args) {
    Stdout.reserve();
    Lines lines = new Lines(args[0]);
    Keys.write(lines);
    References.write(lines);
    Cycles.write(lines);
    Paths.write(lines);
    Scalars.write(lines);
    Bodies.write(lines);
    Reading.read(lines);
  }
}
