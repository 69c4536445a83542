package org.dl4jsnn.property;

import java.util.function.Supplier;
import org.dl4jsnn.internal.simulate.Engines;

/** Runs something with an engine that is forced. */
enum Engine {
  EVENT,
  DENSE;

  <R> R run(Supplier<R> work) {
    System.setProperty(Engines.PROPERTY, name().toLowerCase(java.util.Locale.ROOT));
    try {
      return work.get();
    } finally {
      System.clearProperty(Engines.PROPERTY);
    }
  }
}
