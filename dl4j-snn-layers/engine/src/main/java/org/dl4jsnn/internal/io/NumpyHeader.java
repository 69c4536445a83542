package org.dl4jsnn.internal.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.internal.Require;

/**
 * The header of a NumPy file ({@code .npy}): versions 1 to 3 of the format (NumPy Enhancement
 * Proposal 1).
 *
 * @param descr the type: a name such as {@code <f4}, or the list of a structured array's fields
 * @param fortranOrder whether the first axis is the innermost one
 * @param length bytes of the header; the numbers begin after it
 */
public record NumpyHeader(String descr, boolean fortranOrder, long[] shape, int length) {

  /** Bytes that tell the header's length. */
  public static final int PREFIX = 12;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Magic, version, and the length of the rest in two bytes or four. */
  private static final int SHORT_PREFIX = MAGIC.length + 4;

  private static final int LONG_PREFIX = MAGIC.length + 6;

  /** Longer than those of any array; version 1 has no room for more. */
  private static final int LONGEST = 1 << 16;

  /** What an error quotes of a header. */
  private static final int SHOWN = 200;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\{\\s*'descr'\\s*:\\s*(?:'([^']*)'|(\\[.*\\]))\\s*,\\s*'fortran_order'\\s*:\\s*"
              + "(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)\\s*+,?\\s*+\\}\\s*+");

  /** The length of a header. Throws an IllegalArgumentException if it is none. */
  public static int length(byte[] start) {
    Require.not(
        start.length < LONG_PREFIX || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length)),
        "it must begin with \\x93NUMPY");
    ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    boolean first = start[MAGIC.length] == 1;
    int length = first ? bytes.getShort(MAGIC.length + 2) & 0xffff : bytes.getInt(MAGIC.length + 2);
    int prefix = first ? SHORT_PREFIX : LONG_PREFIX;
    Require.not(
        length < 0 || length > LONGEST,
        "its header must have at most %s bytes, got %s",
        LONGEST,
        length & 0xffffffffL);
    return prefix + length;
  }

  /**
   * Reads a header.
   *
   * @param file the bytes of a file, with the whole header at least
   * @throws IllegalArgumentException if there is none, or it is damaged
   */
  public static NumpyHeader of(byte[] file) {
    int length = length(file);
    int prefix = file[MAGIC.length] == 1 ? SHORT_PREFIX : LONG_PREFIX;
    Require.not(
        length > file.length, "its header must be within it, got %s bytes", length - prefix);
    String text = new String(file, prefix, length - prefix, StandardCharsets.UTF_8);
    Matcher header = TEXT.matcher(text);
    Require.not(
        !header.matches(),
        "its header must name descr, fortran_order and shape of plain numbers, got" + " %s",
        text.length() > SHOWN ? text.substring(0, SHOWN) + " …" : text.strip());
    String descr = header.group(1) == null ? header.group(2) : header.group(1);
    long[] shape =
        Pattern.compile(",")
            .splitAsStream(header.group(4))
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    return new NumpyHeader(descr, header.group(3).equals("True"), shape, length);
  }
}
