package org.dl4jsnn.examples.guide;

import java.util.List;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.LatencyEncoder;

/** Encodings in which time matters, as shown in docs/time.md. */
final class TimeCodes {

  private TimeCodes() {}

  static List<SpikeEncoding> encodings() {
    // begin codes
    SpikeEncoding latency = SpikeEncoding.latency(20).build();
    SpikeEncoding logarithmic =
        SpikeEncoding.by(LatencyEncoder.logarithmic(20).withThreshold(0.05).withTimeConstants(4))
            .build();
    SpikeEncoding delta = SpikeEncoding.delta(0.1).build(); // [minibatch, n, T]: 2n neurons
    SpikeEncoding population =
        SpikeEncoding.poisson(50).population(8, -1, 1).build(); // [minibatch, n]: 8n neurons
    // end codes
    return List.of(latency, logarithmic, delta, population);
  }
}
