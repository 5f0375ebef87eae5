import java.net.InetSocketAddress;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** Stored messages with IPv6 hosts and with compressed bodies. */
final class LaterRecords {
  private LaterRecords() {}

  static void write(Out out) throws Exception {
    InetSocketAddress sixth = Records.address("2001:db8::1", 45678);
    MessageExt both = Records.fill(new MessageExt());
    both.setBornHost(sixth);
    both.setStoreHost(sixth);
    both.setSysFlag(MessageSysFlag.BORNHOST_V6_FLAG | MessageSysFlag.STOREHOSTADDRESS_V6_FLAG);
    Records.plain(out, "stored-v1-ipv6", "IPv6 born and store hosts, sysFlag 16|32", both);
    MessageExt born = Records.fill(new MessageExt());
    born.setBornHost(sixth);
    born.setSysFlag(MessageSysFlag.BORNHOST_V6_FLAG);
    Records.plain(out, "stored-v1-born-ipv6", "IPv6 born host only", born);
    compressed(out, "stored-zlib-legacy", "sysFlag 1: compressed, type bits 0 = zlib", 0);
    compressed(out, "stored-compressed-lz4", "sysFlag 1|256 (LZ4)", MessageSysFlag.COMPRESSION_LZ4_TYPE);
    compressed(out, "stored-compressed-zstd", "sysFlag 1|512 (ZSTD)", MessageSysFlag.COMPRESSION_ZSTD_TYPE);
    compressed(out, "stored-compressed-zlib", "sysFlag 1|768 (ZLIB)", MessageSysFlag.COMPRESSION_ZLIB_TYPE);
    out.misc("msgid-ipv6", "host", "[2001:db8::1]:45678", "offset", "255", "offsetMsgId",
        MessageDecoder.createMessageId(sixth, 255));
  }

  /** The checksum is of the compressed body, as the broker computes it from what it received. */
  private static void compressed(Out out, String name, String note, int typeBits) throws Exception {
    MessageExt message = Records.fill(new MessageExt());
    message.setSysFlag(MessageSysFlag.COMPRESSED_FLAG | typeBits);
    message.setBody(Values.utf8(Values.repeat("z", 300)));
    CompressionType type = MessageSysFlag.getCompressionType(message.getSysFlag());
    message.setBodyCRC(Out.crc32(CompressorFactory.getCompressor(type).compress(message.getBody(), 5)));
    out.record(name, note, message, Generation.encode(message, true));
  }
}
