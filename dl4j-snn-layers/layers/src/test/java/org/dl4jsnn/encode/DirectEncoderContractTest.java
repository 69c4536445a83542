package org.dl4jsnn.encode;

import java.util.stream.Stream;
import org.dl4jsnn.contract.SpikeEncoderContract;

class DirectEncoderContractTest extends SpikeEncoderContract {

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new DirectEncoder(steps, 0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DirectEncoder(1, Double.MIN_VALUE),
        new DirectEncoder(33, Double.MAX_VALUE),
        new DirectEncoder(50, 1.0 / 3));
  }
}
