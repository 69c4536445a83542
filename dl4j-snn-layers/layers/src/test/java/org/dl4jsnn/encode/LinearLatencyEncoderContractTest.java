package org.dl4jsnn.encode;

import java.util.stream.Stream;

class LinearLatencyEncoderContractTest extends LatencyEncoderContract {

  @Override
  LatencyEncoder latency(int span) {
    return LatencyEncoder.linear(span).withGain(0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        LatencyEncoder.linear(1).withGain(Double.MIN_VALUE),
        LatencyEncoder.linear(1 << 20).withSteps(33).withGain(Double.MAX_VALUE),
        LatencyEncoder.linear(2).withThreshold(Math.nextDown(1.0)),
        LatencyEncoder.linear(50).withGain(1.0 / 3).withThreshold(Double.MIN_VALUE));
  }
}
