package org.dl4jsnn.model.hostile;

/** No part of any network, with a constructor. */
public final class Anything {

  public Anything() {
    SideEffects.record("constructor of anything");
  }
}
