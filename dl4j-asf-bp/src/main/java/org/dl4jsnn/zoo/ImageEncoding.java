package org.dl4jsnn.zoo;

import java.util.Locale;
import org.dl4jsnn.conf.SpikeEncoding;

/** How images become spikes. */
public enum ImageEncoding {

  /** Published: signed Poisson spikes. */
  POISSON {
    @Override
    SpikeEncoding.Builder over(int steps) {
      return SpikeEncoding.poisson(steps);
    }
  },

  /** The same current at every step. */
  DIRECT {
    @Override
    SpikeEncoding.Builder over(int steps) {
      return SpikeEncoding.direct(steps);
    }
  };

  abstract SpikeEncoding.Builder over(int steps);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
