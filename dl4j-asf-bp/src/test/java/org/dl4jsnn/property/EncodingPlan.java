package org.dl4jsnn.property;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An encoding, and features for it.
 *
 * @param kind which
 * @param steps T
 * @param gain g, of encodings that have one
 * @param form of the features
 */
record EncodingPlan(Kind kind, int steps, double gain, Form form) {

  /** The encodings. */
  enum Kind {
    POISSON(false),
    DIRECT(false),
    FRAMES(true),
    LATENCY(false),
    DELTA(true),
    POPULATION(false);

    /** Whether features have a time axis. */
    final boolean inTime;

    Kind(boolean inTime) {
      this.inTime = inTime;
    }
  }

  /** What features are like. */
  enum Form {
    POSITIVE,
    SIGNED,
    BINARY,
    MOSTLY_ZERO
  }

  static Arbitrary<EncodingPlan> any() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            TrainPlan.anySteps(),
            Arbitraries.of(0.5, 1.0, 2.0),
            Arbitraries.of(Form.class))
        .as(EncodingPlan::new);
  }

  EncodingPlan with(Kind other) {
    return new EncodingPlan(other, steps, gain, form);
  }

  EncodingPlan with(Form other) {
    return new EncodingPlan(kind, steps, gain, other);
  }

  SpikeEncoding layer() {
    return switch (kind) {
      case POISSON -> SpikeEncoding.poisson(steps).gain(gain).build();
      case DIRECT -> SpikeEncoding.direct(steps).gain(gain).build();
      case FRAMES -> SpikeEncoding.frames().build();
      case LATENCY -> SpikeEncoding.latency(steps).gain(gain).build();
      case DELTA -> SpikeEncoding.delta(0.5 / gain).build();
      case POPULATION -> SpikeEncoding.poisson(steps).gain(gain).population(3, -0.5, 1).build();
    };
  }

  InputType inputType(FeatureShape shape) {
    if (!kind.inTime) {
      return FeatureShapes.inputType(shape);
    }
    return shape.spatial()
        ? InputType.convolutional3D(
            Convolution3D.DataFormat.NCDHW, steps, shape.height(), shape.width(), shape.channels())
        : InputType.recurrent(shape.channels(), steps);
  }

  /** The shape of the train that features become. */
  FeatureShape spikes(FeatureShape shape) {
    return layer().getEncoder().shapeFor(inputType(shape));
  }

  /** Order c, single precision. */
  INDArray features(FeatureShape shape, int samples, Random random, Arithmetic arithmetic) {
    long[] axes = shape.arrayShape(samples);
    if (kind.inTime) {
      axes =
          shape.spatial()
              ? new long[] {samples, shape.channels(), steps, shape.height(), shape.width()}
              : new long[] {samples, shape.channels(), steps};
    }
    int count = samples * shape.neurons() * (kind.inTime ? steps : 1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) arithmetic.of(value(random));
    }
    return Nd4j.create(values, axes, 'c');
  }

  private double value(Random random) {
    return switch (form) {
      case POSITIVE -> random.nextDouble();
      case SIGNED -> random.nextGaussian();
      case BINARY -> random.nextInt(2);
      case MOSTLY_ZERO -> random.nextInt(10) == 0 ? random.nextDouble() : 0;
    };
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
