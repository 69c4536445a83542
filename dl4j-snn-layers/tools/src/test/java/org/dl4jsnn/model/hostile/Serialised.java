package org.dl4jsnn.model.hostile;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** Any serialisable class. */
public final class Serialised implements Serializable {

  private static final long serialVersionUID = 1L;

  private void readObject(ObjectInputStream in) throws IOException {
    SideEffects.record("readObject");
  }
}
