package org.dl4jsnn.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damage to files, of every kind that disks, networks and programs cause. */
final class Mutations {

  private Mutations() {}

  static byte[] of(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && damaged.length > 0; i++) {
      damaged = once(damaged, random);
    }
    return damaged;
  }

  private static byte[] once(byte[] file, Random random) {
    int from = random.nextInt(file.length);
    int to = from + random.nextInt(Math.min(200, file.length - from) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(file, 1 + random.nextInt(10), random);
      case 1 -> Arrays.copyOf(file, from);
      case 2 -> replaced(file, from, to, new byte[0]);
      case 3 -> replaced(file, to, to, Arrays.copyOfRange(file, from, to));
      case 4 -> replaced(file, from, to, noise(to - from, random));
      case 5 -> overwritten(file, random);
      case 6 -> replaced(file, 0, random.nextInt(Math.min(200, file.length) + 1), header(random));
      default -> replaced(file, file.length, file.length, noise(random.nextInt(100), random));
    };
  }

  private static byte[] flipped(byte[] file, int bits, Random random) {
    // Half of them near the beginning, where headers are.
    int reach = random.nextBoolean() ? file.length : Math.min(file.length, 250);
    for (int i = 0; i < bits; i++) {
      file[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  /** Extreme numbers where counts and sizes may be. */
  private static byte[] overwritten(byte[] file, Random random) {
    byte extreme = (byte) (random.nextBoolean() ? 0xFF : random.nextBoolean() ? 0x7F : 0);
    int at = random.nextInt(file.length);
    Arrays.fill(file, at, Math.min(file.length, at + 4), extreme);
    return file;
  }

  private static byte[] header(Random random) {
    String[] lines = {
      "#!AER-DAT2.0\r\n",
      "#!AER-DAT3.1\r\n",
      "#!AER-DAT4.0\r\n",
      "#Format: RAW\r\n",
      "#!END-HEADER\r\n",
      "#End Of ASCII Header\r\n",
      "# AEChip: DVS128\r\n",
      "% evt 2.0\n",
      "% evt 3.0\n",
      "% format EVT3;height=99999999999;width=1\n",
      "% geometry 2147483648x-1\n",
      "% Version 2\n",
      "% Width 32768\n",
      "% Height 32768\n",
      "% \n",
      "%\n",
      "% end\n",
      "\0",
      "# " + "x".repeat(random.nextInt(40_000)),
      new String(noise(random.nextInt(30), random), StandardCharsets.ISO_8859_1)
    };
    Bytes header = new Bytes();
    for (int i = random.nextInt(6); i > 0; i--) {
      header.text(lines[random.nextInt(lines.length)]);
    }
    return header.toArray();
  }

  private static byte[] noise(int length, Random random) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] replaced(byte[] file, int from, int to, byte[] by) {
    byte[] result = Arrays.copyOf(file, from + by.length + file.length - to);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(file, to, result, from + by.length, file.length - to);
    return result;
  }
}
