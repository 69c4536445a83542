package org.dl4jsnn.zoo;

import java.util.Locale;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;

/**
 * How what a residual block's convolutions make meets its shortcut: as spikes by one of the
 * element-wise functions of SEW-ResNet (Fang et al., "Deep Residual Learning in Spiking Neural
 * Networks", NeurIPS 2021), or as currents as in MS-ResNet (Hu et al., "Advancing Spiking Neural
 * Networks towards Deep Residual Learning", arXiv 2112.08954).
 */
public enum ResidualJoin {

  /** {@link SpikingAdd}: both; where two coincide, one event of amplitude 2. */
  ADD {
    @Override
    GraphVertex vertex() {
      return new SpikingAdd();
    }
  },

  /** {@link SpikingAnd}: those that coincide. */
  AND {
    @Override
    GraphVertex vertex() {
      return new SpikingAnd();
    }
  },

  /** {@link SpikingAndNot}: those of the shortcut, unless the convolutions fire, too. */
  IAND {
    @Override
    GraphVertex vertex() {
      return new SpikingAndNot();
    }
  },

  /**
   * {@link SpikingAdd} of the currents of both, which charge the neurons of the next block: its
   * shortcut carries currents of the membranes, not spikes.
   */
  CURRENTS {
    @Override
    GraphVertex vertex() {
      return new SpikingAdd();
    }
  };

  /** The vertex, whose first input is the shortcut. */
  abstract GraphVertex vertex();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
