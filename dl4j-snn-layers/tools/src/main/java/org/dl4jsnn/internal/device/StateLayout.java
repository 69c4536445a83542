package org.dl4jsnn.internal.device;

import java.util.ArrayList;
import java.util.List;

/** The members of the structure that holds a network's state. */
final class StateLayout {

  private record Member(String type, String name, long count, String what) {}

  private final String structure;
  private final List<Member> members = new ArrayList<>();
  private long size;

  StateLayout(String structure) {
    this.structure = structure;
    members.add(new Member("uint32_t", "steps", 0, "steps so far"));
    size = Integer.BYTES;
  }

  /**
   * Adds an array of whole numbers.
   *
   * @param bytes of a number: 1, 2 or 4
   * @return its offset as a C expression
   */
  String add(String name, int bytes, boolean signed, long count, String what) {
    String type = (signed ? "int" : "uint") + Byte.SIZE * bytes + "_t";
    members.add(new Member(type, name, count, what));
    size = (size + bytes - 1) / bytes * bytes + bytes * count;
    return Source.format("offsetof(%s, %s)", structure, name);
  }

  /** Bytes of the structure. */
  long bytes() {
    return (size + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  /** The structure's definition. */
  String definition() {
    StringBuilder text = new StringBuilder("typedef struct {\n");
    for (Member member : members) {
      String array = member.count == 0 ? "" : "[" + member.count + "]";
      text.append(
          Source.format("  %s %s%s; /* %s */\n", member.type, member.name, array, member.what));
    }
    return text + "} " + structure + ";\n";
  }
}
