package org.dl4jsnn.event.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Whole numbers in few bytes: 7 bits per byte, lowest first, then DEFLATE at its fastest. Numbers
 * are unsigned, 64 bits.
 */
final class PackedNumbers {

  private static final int BUFFER = 1 << 13;

  private PackedNumbers() {}

  /** Packs numbers. */
  static final class Writer {

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream out = new DeflaterOutputStream(packed, deflater, BUFFER);
    private final byte[] bytes = new byte[BUFFER];
    private int size;

    void write(long number) throws IOException {
      if (size > BUFFER - 10) {
        flush();
      }
      long rest = number;
      while (rest >>> 7 != 0) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    private void flush() throws IOException {
      out.write(bytes, 0, size);
      size = 0;
    }

    byte[] finish() throws IOException {
      flush();
      out.close();
      deflater.end();
      return packed.toByteArray();
    }
  }

  /** Unpacks them. */
  static final class Reader implements Closeable {

    private final InputStream in;
    private final byte[] bytes = new byte[BUFFER];
    private int position;
    private int limit;

    Reader(byte[] packed) {
      in = new InflaterInputStream(new ByteArrayInputStream(packed));
    }

    long read() throws IOException {
      long number = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        int next = nextByte();
        number |= (next & 0x7FL) << shift;
        if (next <= 0x7F) {
          return number;
        }
      }
      throw new IOException("numbers must have at most 10 bytes, got more");
    }

    /** Reads a number, which must be below a limit. */
    long readBelow(long bound) throws IOException {
      long number = read();
      if (number < 0 || number >= bound) {
        throw new IOException("the number must be from 0 to below " + bound + ", got " + number);
      }
      return number;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private int nextByte() throws IOException {
      if (position == limit) {
        limit = in.read(bytes);
        position = 0;
        if (limit <= 0) {
          throw new EOFException("more numbers must follow, got the end");
        }
      }
      return bytes[position++] & 0xFF;
    }
  }
}
