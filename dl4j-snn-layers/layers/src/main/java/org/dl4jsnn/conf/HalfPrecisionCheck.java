package org.dl4jsnn.conf;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of updaters that divide by zero in half precision: if ε is smaller than the least positive
 * number, weights with a small gradient become infinite within a few steps.
 */
final class HalfPrecisionCheck {

  private static final Logger LOG = LoggerFactory.getLogger(HalfPrecisionCheck.class);

  /** 2⁻²⁴. */
  private static final double LEAST = 0x1p-24;

  private HalfPrecisionCheck() {}

  /** Checks a layer of a network with the given data type. */
  static void check(String layer, IUpdater updater, DataType type) {
    OptionalDouble epsilon = epsilon(updater);
    if (type == DataType.FLOAT16 && epsilon.isPresent() && epsilon.getAsDouble() < LEAST) {
      LOG.warn(
          "{}: epsilon of {} must be at least {} in half precision, where smaller numbers are 0 and"
              + " the updater divides by it, got {}. Set 1e-3, e.g."
              + " new Adam(1e-3, 0.9, 0.999, 1e-3), or train with DataType.FLOAT",
          layer,
          updater.getClass().getSimpleName(),
          LEAST,
          epsilon.getAsDouble());
    }
  }

  private static OptionalDouble epsilon(IUpdater updater) {
    if (updater instanceof Adam adam) {
      return OptionalDouble.of(adam.getEpsilon());
    }
    if (updater instanceof Nadam nadam) {
      return OptionalDouble.of(nadam.getEpsilon());
    }
    if (updater instanceof AMSGrad amsGrad) {
      return OptionalDouble.of(amsGrad.getEpsilon());
    }
    if (updater instanceof AdaMax adaMax) {
      return OptionalDouble.of(adaMax.getEpsilon());
    }
    if (updater instanceof AdaBelief adaBelief) {
      return OptionalDouble.of(adaBelief.getEpsilon());
    }
    if (updater instanceof RmsProp rmsProp) {
      return OptionalDouble.of(rmsProp.getEpsilon());
    }
    if (updater instanceof AdaGrad adaGrad) {
      return OptionalDouble.of(adaGrad.getEpsilon());
    }
    if (updater instanceof AdaDelta adaDelta) {
      return OptionalDouble.of(adaDelta.getEpsilon());
    }
    return OptionalDouble.empty();
  }
}
