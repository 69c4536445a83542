package org.dl4jsnn.model.hostile;

/** No part of any network; it is enough that its name is in the file. */
public final class Statics {

  static {
    SideEffects.record("static initialiser");
  }
}
