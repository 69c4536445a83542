package org.dl4jsnn.noise;

/**
 * The source of randomness of an encoder or a dropout layer: a counter-based generator, so every
 * draw depends only on the key, the sample, the neuron and the step.
 *
 * <p>In training every iteration and every sample has its own noise. In inference all samples share
 * the noise of the seed unless fresh noise is requested, so a network's answer to an image depends
 * only on the image, not on its place in a minibatch.
 */
public final class NoiseKey {

  /** The increment of the SplitMix64 generator: 2⁶⁴ divided by the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;
  private final boolean perSample;

  private NoiseKey(long key, boolean perSample) {
    this.key = key;
    this.perSample = perSample;
  }

  /**
   * {@return the seed of one layer, so that each layer of a network has its own noise}
   *
   * @param seed the network's seed
   * @param index the layer's place in the network
   */
  public static long seedOfLayer(long seed, int index) {
    return seed ^ (long) index << Integer.SIZE;
  }

  /**
   * {@return fresh noise for one training iteration}
   *
   * @param seed the layer's seed
   * @param iteration the number of updates so far
   */
  public static NoiseKey training(long seed, long iteration) {
    return new NoiseKey(mix(mix(seed) + (iteration + 1) * GOLDEN), true);
  }

  /**
   * {@return the fixed noise of inference, shared by all samples}
   *
   * @param seed the layer's seed
   */
  public static NoiseKey inference(long seed) {
    return new NoiseKey(mix(~mix(seed)), false);
  }

  /**
   * {@return fresh noise for one inference pass, each sample with its own}
   *
   * @param seed the layer's seed
   * @param pass the number of the pass
   */
  public static NoiseKey freshInference(long seed, long pass) {
    return new NoiseKey(mix(~mix(seed) + (pass + 1) * GOLDEN), true);
  }

  /**
   * The stream of one sample.
   *
   * @param sample index in the minibatch
   * @return the stream, to be passed to {@link #draw}
   */
  public long stream(int sample) {
    return perSample ? mix(key + (sample + 1L) * GOLDEN) : key;
  }

  /**
   * 64 random bits, independent of those of any other counter.
   *
   * @param stream a sample's stream
   * @param counter index of the draw
   * @return the bits
   */
  public static long draw(long stream, long counter) {
    return mix(stream + counter * GOLDEN);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), variant 13 of Stafford. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
