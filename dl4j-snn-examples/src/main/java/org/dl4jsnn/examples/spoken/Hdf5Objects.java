package org.dl4jsnn.examples.spoken;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes groups and columns into the blocks of an HDF5 file: object headers of version 2 with
 * links, and contiguous values. (HDF5 File Format Specification, version 3.0, chapter IV.)
 */
record Hdf5Objects(Hdf5Blocks blocks) {

  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int LAYOUT = 0x08;
  private static final int GROUP_INFO = 0x0a;

  /** Signature, version, flags and size of a header, and its checksum. */
  private static final int HEADER = 10;

  private static final int CHECKSUM = 4;
  private static final int MESSAGE_HEADER = 4;

  /** A flag: the size of the messages is a number of four bytes. */
  private static final byte SIZE_OF_FOUR_BYTES = 2;

  private record Message(int type, byte[] content) {

    static Message of(int type, ByteBuffer content) {
      return new Message(type, content.array());
    }
  }

  /**
   * Adds a group.
   *
   * @param members addresses of its members, by name
   * @return its address
   */
  long group(Map<String, Long> members) {
    List<Message> messages = new ArrayList<>();
    ByteBuffer info = Hdf5Blocks.buffer(2 + 2 * Long.BYTES);
    info.putShort((short) 0).putLong(Hdf5Blocks.NOWHERE).putLong(Hdf5Blocks.NOWHERE);
    messages.add(Message.of(LINK_INFO, info));
    messages.add(new Message(GROUP_INFO, new byte[2]));
    members.forEach((name, address) -> messages.add(link(name, address)));
    return header(messages);
  }

  private static Message link(String name, long address) {
    byte[] letters = Hdf5Blocks.letters(name);
    ByteBuffer link = Hdf5Blocks.buffer(3 + letters.length + Long.BYTES);
    link.put((byte) 1).put((byte) 0).put((byte) letters.length).put(letters).putLong(address);
    return Message.of(LINK, link);
  }

  /**
   * Adds a column.
   *
   * @param values the values of all rows in order
   * @return its address
   */
  long column(Hdf5Type type, int rows, ByteBuffer values) {
    long place = blocks.add(values);
    ByteBuffer space = Hdf5Blocks.buffer(4 + Long.BYTES);
    int oneAxis = 1;
    int simple = 1;
    space.put(new byte[] {2, (byte) oneAxis, 0, (byte) simple}).putLong(rows);
    ByteBuffer layout = Hdf5Blocks.buffer(2 + 2 * Long.BYTES);
    int inOnePiece = 1;
    layout.put((byte) 3).put((byte) inOnePiece).putLong(place).putLong((long) rows * type.size);
    // Version 3; space is allocated on writing, without a fill value.
    byte[] fill = {3, 0x0a};
    return header(
        List.of(
            Message.of(DATASPACE, space),
            Message.of(DATATYPE, type.message()),
            new Message(FILL_VALUE, fill),
            Message.of(LAYOUT, layout)));
  }

  private long header(List<Message> messages) {
    int size = messages.stream().mapToInt(m -> MESSAGE_HEADER + m.content.length).sum();
    ByteBuffer header = Hdf5Blocks.buffer(HEADER + size + CHECKSUM);
    header.put(Hdf5Blocks.letters("OHDR")).put((byte) 2).put(SIZE_OF_FOUR_BYTES).putInt(size);
    for (Message message : messages) {
      header.put((byte) message.type).putShort((short) message.content.length).put((byte) 0);
      header.put(message.content);
    }
    Hdf5Blocks.seal(header);
    return blocks.add(header);
  }
}
