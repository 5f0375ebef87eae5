const POLYNOMIAL = 0xedb88320;
const POSITIVE_INT = 0x7fffffff;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/**
 * CRC-32 with the sign bit cleared, as RocketMQ computes it everywhere (UtilAll.crc32: java.util.zip.CRC32 & 0x7fffffff).
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number);
  return (crc ^ 0xffffffff) & POSITIVE_INT;
}
