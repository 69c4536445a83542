package org.dl4jsnn.encode;

import java.util.stream.Stream;

class DirectEncoderContractTest extends SpikeEncoderContract {

  @Override
  SpikeEncoder encoder(int steps) {
    return new DirectEncoder(steps, 0.5);
  }

  @Override
  Stream<SpikeEncoder> extremes() {
    return Stream.of(
        new DirectEncoder(1, Double.MIN_VALUE),
        new DirectEncoder(33, Double.MAX_VALUE),
        new DirectEncoder(50, 1.0 / 3));
  }
}
