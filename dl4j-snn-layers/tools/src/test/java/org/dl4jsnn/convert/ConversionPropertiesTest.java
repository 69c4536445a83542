package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.property.Tries;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Any network of stock layers is refused in words, or its spiking one answers as it does. */
@AddLifecycleHook(Tries.class)
class ConversionPropertiesTest {

  private static final int STEPS = 1024;

  /** Of what the answers of different images differ by. */
  private static final double ROUNDING = 0.05;

  /** Where all images have the same answer. */
  private static final double SMALL = 0.005;

  /** Percent of the plans that must convert, or little is tested. */
  private static final int MANY = 40;

  /** What becomes of a plan. */
  private enum Outcome {
    CONVERTED,
    REFUSED,
    DOES_NOT_RUN
  }

  @Property(tries = 40)
  void shouldAnswerLikeTheTrainedNetworkOrSayWhyNot(@ForAll long seed) {
    Statistics.coverage(
        outcomes -> outcomes.check(Outcome.CONVERTED).percentage(share -> share > MANY));
    StockPlan plan = new StockPlan(seed);
    NeuralNetwork trained = plan.trained();
    INDArray images = plan.images();
    INDArray expected;
    try {
      expected = Networks.output(trained, images).dup();
    } catch (RuntimeException e) {
      // Deeplearning4j's own, for some windows of depthwise and separable convolutions.
      Statistics.collect(Outcome.DOES_NOT_RUN);
      return;
    }
    NeuralNetwork spiking;
    try {
      spiking = converted(trained, images, STEPS);
    } catch (IllegalArgumentException refusal) {
      Statistics.collect(Outcome.REFUSED);
      String message = refusal.getMessage();
      assertTrue(message.startsWith("network must be of layers that can be converted"), message);
      return;
    }
    Statistics.collect(Outcome.CONVERTED);
    double spread = expected.max(0).sub(expected.min(0)).maxNumber().doubleValue();
    double difference = expected.sub(Networks.output(spiking, images)).amaxNumber().doubleValue();
    if (difference > ROUNDING * spread + SMALL) {
      // Rounding, of large answers that hardly differ, falls as 1/T; a fault stays.
      NeuralNetwork longer = converted(trained, images, 4 * STEPS);
      double later = expected.sub(Networks.output(longer, images)).amaxNumber().doubleValue();
      assertTrue(later < difference / 2, difference + ", then " + later + " of " + spread);
    }
  }

  private static NeuralNetwork converted(NeuralNetwork trained, INDArray images, int steps) {
    return trained instanceof MultiLayerNetwork row
        ? Trained.converted(row, images, steps)
        : Trained.converted((ComputationGraph) trained, images, steps);
  }

  /**
   * A network of stock layers over images, drawn from a seed, whose read-out is linear so that no
   * error hides in a saturated function.
   */
  private static final class StockPlan {

    private static final int SAMPLES = 6;

    private final long seed;
    private final Random random;
    private final InputType.InputTypeConvolutional images;
    private final CNN2DFormat format;

    StockPlan(long seed) {
      this.seed = seed;
      random = new Random(seed);
      format = random.nextBoolean() ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
      images =
          (InputType.InputTypeConvolutional)
              InputType.convolutional(
                  3 + random.nextInt(5), 3 + random.nextInt(5), oneOf(1, 2, 2, 3), format);
    }

    private int oneOf(int... values) {
      return values[random.nextInt(values.length)];
    }

    INDArray images() {
      long[] shape = images.getShape(true);
      shape[0] = SAMPLES;
      return Trained.images(shape).subi(0.3);
    }

    /** The network, with drawn weights. */
    NeuralNetwork trained() {
      NeuralNetConfiguration.Builder settings = Trained.settings().seed(seed);
      List<Layer> layers = layers();
      int branches = random.nextInt(4);
      List<Layer> ended = ended();
      if (branches > 0) {
        return graph(settings, layers, branches, ended);
      }
      layers.addAll(ended);
      return Trained.network(
          Networks.row(settings, layers.toArray(Layer[]::new)).setInputType(images).build());
    }

    private List<Layer> layers() {
      List<Layer> layers = new ArrayList<>();
      InputType type = images;
      boolean isSeparable = false;
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        Layer next = layer((InputType.InputTypeConvolutional) type);
        // Not, with channels last, a depthwise convolution after a separable one: Deeplearning4j
        // reads other memory there.
        if (!(isSeparable && next instanceof DepthwiseConvolution2D)) {
          isSeparable |= format == CNN2DFormat.NHWC && next instanceof SeparableConvolution2D;
          type = next.getOutputType(0, type);
          layers.add(next);
        }
      }
      return layers;
    }

    /** Where its window does not fit, it is of one position. */
    private Layer layer(InputType.InputTypeConvolutional input) {
      int[] window = {1 + random.nextInt(3), 1 + random.nextInt(3)};
      int[] stride = {oneOf(1, 1, 2), oneOf(1, 1, 2)};
      ConvolutionMode mode = random.nextBoolean() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
      int padding = mode == ConvolutionMode.Same ? 0 : oneOf(0, 0, 1);
      int kind = random.nextInt(12);
      boolean isPooling = kind == 8 || kind == 9;
      int dilation = isPooling ? 1 : oneOf(1, 1, 2);
      int around = isPooling ? 0 : 2 * padding;
      boolean fits =
          mode == ConvolutionMode.Same && !isPooling
              || dilation * (window[0] - 1) < input.getHeight() + around
                  && dilation * (window[1] - 1) < input.getWidth() + around;
      window = fits ? window : new int[] {1, 1};
      int outputs = 1 + random.nextInt(4);
      ConvolutionLayer.BaseConvBuilder<?> builder;
      if (kind < 4) {
        builder = new ConvolutionLayer.Builder(window).nOut(outputs);
      } else if (kind < 6) {
        builder = new DepthwiseConvolution2D.Builder(window).depthMultiplier(outputs);
      } else if (kind < 8) {
        int multiplier = input.getChannels() == 1 ? outputs : oneOf(1, 2);
        builder =
            new SeparableConvolution2D.Builder(window).depthMultiplier(multiplier).nOut(outputs);
      } else if (isPooling) {
        SubsamplingLayer.PoolingType type =
            kind == 8 ? SubsamplingLayer.PoolingType.AVG : SubsamplingLayer.PoolingType.MAX;
        return new SubsamplingLayer.Builder(type, window, stride)
            .convolutionMode(mode)
            .dataFormat(format)
            .build();
      } else {
        return kind == 10
            ? new BatchNormalization.Builder().dataFormat(format).build()
            : new ActivationLayer(function());
      }
      builder.stride(stride);
      builder.dilation(dilation, dilation);
      builder.padding(padding, padding);
      builder.convolutionMode(mode);
      builder.hasBias(random.nextBoolean());
      builder.activation(function());
      ConvolutionLayer layer = builder.build();
      layer.setCnn2dDataFormat(format);
      return layer;
    }

    private Activation function() {
      int drawn = random.nextInt(6);
      return drawn < 4 ? Activation.RELU : drawn == 4 ? Activation.RELU6 : Activation.IDENTITY;
    }

    /** Two convolutions of the same image, whose residual sum, sum or channels go on. */
    private ComputationGraph graph(
        NeuralNetConfiguration.Builder settings,
        List<Layer> layers,
        int branches,
        List<Layer> ended) {
      GraphBuilder builder = settings.graphBuilder().addInputs("0").setInputTypes(images);
      String before = "0";
      for (Layer layer : layers) {
        builder.addLayer(before + "+", layer, before);
        before += "+";
      }
      Activation function = branches == 1 ? Activation.IDENTITY : Activation.RELU;
      builder
          .addLayer("one", branch(3, function), before)
          .addLayer("two", branch(1, function), before);
      MergeVertex merge = new MergeVertex();
      merge.setMergeAxis(format == CNN2DFormat.NCHW ? 1 : 3);
      GraphVertex sum = new ElementWiseVertex(ElementWiseVertex.Op.Add);
      builder
          .addVertex("both", branches == 3 ? merge : sum, "one", "two")
          .addLayer("function", new ActivationLayer(Activation.RELU), "both");
      before = "function";
      for (Layer last : ended) {
        builder.addLayer("then " + before, last, before);
        before = "then " + before;
      }
      return Trained.graph(builder.setOutputs(before));
    }

    private ConvolutionLayer branch(int side, Activation activation) {
      return new ConvolutionLayer.Builder(side, side)
          .nOut(3)
          .convolutionMode(ConvolutionMode.Same)
          .activation(activation)
          .dataFormat(format)
          .build();
    }

    /** The read-out, and what it reads in place of the image. */
    private List<Layer> ended() {
      Layer readOut =
          new OutputLayer.Builder(new LossMSE())
              .nOut(Trained.CLASSES)
              .activation(Activation.IDENTITY)
              .build();
      return switch (random.nextInt(5)) {
        case 0 -> List.of(readOut);
        case 1 -> List.of(new DenseLayer.Builder().nOut(8).build(), readOut);
        case 2 -> List.of(global(PoolingType.AVG), readOut);
        case 3 -> List.of(global(PoolingType.MAX), readOut);
        default -> List.of(global(PoolingType.SUM), readOut);
      };
    }

    private Layer global(PoolingType type) {
      GlobalPoolingLayer.Builder builder = new GlobalPoolingLayer.Builder(type);
      return format == CNN2DFormat.NCHW ? builder.build() : builder.poolingDimensions(1, 2).build();
    }
  }
}
