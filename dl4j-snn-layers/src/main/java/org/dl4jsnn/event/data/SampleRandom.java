package org.dl4jsnn.event.data;

import java.util.random.RandomGenerator;
import org.dl4jsnn.noise.NoiseKey;

/** The random numbers of a sample's augmentation: depend only on seed, epoch and sample. */
final class SampleRandom implements RandomGenerator {

  private final long stream;
  private long draws;

  SampleRandom(long seed, int epoch, int sample) {
    stream = NoiseKey.training(seed, epoch).stream(sample);
  }

  @Override
  public long nextLong() {
    return NoiseKey.draw(stream, draws++);
  }
}
