import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;

/** What compresses bodies since 4.9.3. */
final class Compressors {
  private static final int LEVEL = 5;

  private Compressors() {}

  static Map<String, CompressedBodies.Compressor> all() {
    Map<String, CompressedBodies.Compressor> compressors = new TreeMap<>();
    for (CompressionType type : CompressionType.values()) {
      compressors.put(type.name().toLowerCase(), plain -> CompressorFactory.getCompressor(type).compress(plain, LEVEL));
    }
    return compressors;
  }
}
