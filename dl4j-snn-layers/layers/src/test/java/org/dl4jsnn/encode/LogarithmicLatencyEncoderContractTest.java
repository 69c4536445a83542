package org.dl4jsnn.encode;

import java.util.stream.Stream;

class LogarithmicLatencyEncoderContractTest extends LatencyEncoderContract {

  @Override
  LatencyEncoder latency(int span) {
    return LatencyEncoder.logarithmic(span).withGain(0.5);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    return Stream.of(
        LatencyEncoder.logarithmic(1).withGain(Double.MIN_VALUE),
        LatencyEncoder.logarithmic(1 << 20).withSteps(33).withTimeConstants(Double.MAX_VALUE),
        LatencyEncoder.logarithmic(2).withThreshold(Math.nextDown(1.0)),
        LatencyEncoder.logarithmic(33).withThreshold(Double.MIN_VALUE),
        LatencyEncoder.logarithmic(50).withTimeConstants(Double.MIN_VALUE));
  }
}
