package org.dl4jsnn.encode;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.contract.SpikeEncoderContract;
import org.dl4jsnn.noise.NoiseKey;

class PoissonEncoderContractTest extends SpikeEncoderContract {

  @Override
  protected SpikeEncoder encoder(int steps) {
    return new PoissonEncoder(steps, 0.6);
  }

  @Override
  protected Stream<SpikeEncoder> extremes() {
    Random random = new Random(1);
    return Stream.of(
        new PoissonEncoder(1, Double.MIN_VALUE),
        new PoissonEncoder(2, 1e-30),
        new PoissonEncoder(33, Double.MAX_VALUE),
        new PoissonEncoder(1 + random.nextInt(100), 3 * random.nextDouble()));
  }

  /** Only inference gives all samples the same noise. */
  @Override
  protected List<NoiseKey> placeless() {
    return List.of(NoiseKey.inference(3));
  }
}
