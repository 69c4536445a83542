package org.dl4jsnn.convert;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * A layer of Deeplearning4j over images. Where its window does not fit, it is of one position.
 *
 * @param kind which
 * @param outputs output channels; of a depthwise convolution, outputs per channel
 * @param rows height of the window
 * @param columns width of the window
 * @param strideRows distance of neighbouring windows, in rows
 * @param strideColumns the same in columns
 * @param padding zeros on every side; not around pooling
 * @param dilation distance of neighbouring taps; not of pooling
 * @param same whether the padding follows from the image's size instead
 * @param bias whether a convolution has a bias
 * @param activation the function of a convolution, or of an activation layer
 */
record StockLayer(
    Kind kind,
    int outputs,
    int rows,
    int columns,
    int strideRows,
    int strideColumns,
    int padding,
    int dilation,
    boolean same,
    boolean bias,
    Activation activation) {

  /** The kinds of layers. */
  enum Kind {
    CONVOLUTION,
    DEPTHWISE,
    SEPARABLE,
    AVERAGE,
    MAXIMUM,
    NORMALISATION,
    FUNCTION
  }

  static Arbitrary<StockLayer> any() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> strides = Arbitraries.of(1, 1, 2);
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(4, Kind.CONVOLUTION),
                Tuple.of(2, Kind.DEPTHWISE),
                Tuple.of(2, Kind.SEPARABLE),
                Tuple.of(1, Kind.AVERAGE),
                Tuple.of(1, Kind.MAXIMUM),
                Tuple.of(1, Kind.NORMALISATION),
                Tuple.of(1, Kind.FUNCTION)),
            Arbitraries.integers().between(1, 4),
            Combinators.combine(sides, sides, strides, strides).as(StockLayer::window),
            Arbitraries.of(0, 0, 1),
            Arbitraries.of(1, 1, 2),
            Combinators.combine(Arbitraries.of(false, true), Arbitraries.of(false, true))
                .as((same, bias) -> new boolean[] {same, bias}),
            Arbitraries.frequency(
                Tuple.of(4, Activation.RELU),
                Tuple.of(1, Activation.RELU6),
                Tuple.of(1, Activation.IDENTITY)))
        .as(
            (kind, outputs, window, padding, dilation, flags, activation) ->
                new StockLayer(
                    kind,
                    outputs,
                    window[0],
                    window[1],
                    window[2],
                    window[3],
                    padding,
                    dilation,
                    flags[0],
                    flags[1],
                    activation));
  }

  private static int[] window(int rows, int columns, int strideRows, int strideColumns) {
    return new int[] {rows, columns, strideRows, strideColumns};
  }

  /** The configuration over images of a format and size. */
  Layer over(InputType.InputTypeConvolutional input) {
    return switch (kind) {
      case CONVOLUTION ->
          formatted(settled(new ConvolutionLayer.Builder(window(input)).nOut(outputs)), input);
      case DEPTHWISE ->
          formatted(
              settled(new DepthwiseConvolution2D.Builder(window(input)).depthMultiplier(outputs)),
              input);
      case SEPARABLE ->
          formatted(
              settled(
                  new SeparableConvolution2D.Builder(window(input))
                      .depthMultiplier(input.getChannels() == 1 ? outputs : 1 + rows % 2)
                      .nOut(outputs)),
              input);
      case AVERAGE -> pooling(SubsamplingLayer.PoolingType.AVG, input);
      case MAXIMUM -> pooling(SubsamplingLayer.PoolingType.MAX, input);
      case NORMALISATION -> new BatchNormalization.Builder().dataFormat(input.getFormat()).build();
      case FUNCTION -> new ActivationLayer(activation);
    };
  }

  private <T extends ConvolutionLayer.BaseConvBuilder<T>> T settled(T builder) {
    builder.stride(strideRows, strideColumns);
    builder.dilation(dilation, dilation);
    builder.padding(same ? 0 : padding, same ? 0 : padding);
    builder.convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate);
    builder.hasBias(bias);
    builder.activation(activation);
    return builder;
  }

  private static Layer formatted(
      ConvolutionLayer.BaseConvBuilder<?> builder, InputType.InputTypeConvolutional input) {
    ConvolutionLayer layer = builder.build();
    layer.setCnn2dDataFormat(input.getFormat());
    return layer;
  }

  private Layer pooling(SubsamplingLayer.PoolingType type, InputType.InputTypeConvolutional input) {
    boolean fits = rows <= input.getHeight() && columns <= input.getWidth();
    int[] window = fits ? new int[] {rows, columns} : new int[] {1, 1};
    return new SubsamplingLayer.Builder(type, window, new int[] {strideRows, strideColumns})
        .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
        .dataFormat(input.getFormat())
        .build();
  }

  private int[] window(InputType.InputTypeConvolutional input) {
    boolean fits =
        same
            || dilation * (rows - 1) < input.getHeight() + 2 * padding
                && dilation * (columns - 1) < input.getWidth() + 2 * padding;
    return fits ? new int[] {rows, columns} : new int[] {1, 1};
  }
}
