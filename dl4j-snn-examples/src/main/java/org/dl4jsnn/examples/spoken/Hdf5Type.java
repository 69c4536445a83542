package org.dl4jsnn.examples.spoken;

import java.nio.ByteBuffer;

/** Types of values, as messages of an HDF5 file: all little-endian, messages of version 1. */
enum Hdf5Type {

  /** Whole numbers from 0 to 65535. */
  UNSIGNED_SHORT(2) {
    @Override
    ByteBuffer message() {
      ByteBuffer message = begin(0, 0, 4);
      return message.putShort((short) 0).putShort((short) Short.SIZE);
    }
  },

  /** Numbers of half precision. */
  HALF(2) {
    @Override
    ByteBuffer message() {
      int impliedLeadingBit = 0x20;
      int sign = 15 << Byte.SIZE;
      ByteBuffer message = begin(1, impliedLeadingBit | sign, 12);
      message.putShort((short) 0).putShort((short) Short.SIZE);
      // Position and size of the exponent, position and size of the mantissa, and the bias.
      return message.put(new byte[] {10, 5, 0, 10}).putInt(15);
    }
  },

  /** Lists of whole numbers from 0 to 65535. */
  LISTS_OF_UNSIGNED_SHORT(16) {
    @Override
    ByteBuffer message() {
      return listsOf(UNSIGNED_SHORT);
    }
  },

  /** Lists of numbers of half precision. */
  LISTS_OF_HALF(16) {
    @Override
    ByteBuffer message() {
      return listsOf(HALF);
    }
  },

  /** Texts of up to 16 letters of ASCII, padded with zeros. */
  TEXT(16) {
    @Override
    ByteBuffer message() {
      int paddedWithZeros = 1;
      return begin(3, paddedWithZeros, 0);
    }
  };

  private static final int VERSION = 1 << 4;
  private static final int HEAD = 8;

  /** Bytes per value. */
  final int size;

  Hdf5Type(int size) {
    this.size = size;
  }

  /** Its message in an object's header. */
  abstract ByteBuffer message();

  ByteBuffer begin(int kind, int flags, int properties) {
    ByteBuffer message = Hdf5Blocks.buffer(HEAD + properties);
    message.put((byte) (VERSION | kind)).put((byte) flags);
    return message.put((byte) (flags >> Byte.SIZE)).put((byte) 0).putInt(size);
  }

  ByteBuffer listsOf(Hdf5Type element) {
    byte[] inner = element.message().array();
    return begin(9, 0, inner.length).put(inner);
  }
}
