package org.dl4jsnn.examples.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** The nodes and constants of an ONNX graph that grows. */
final class OnnxNodes {

  /** The first operators that round by one scale per channel, and a format that has them. */
  private static final int OPERATORS = 13;

  private static final int FORMAT = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");

  /** Adds an input of any minibatch. */
  void input(String name, long... sample) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("minibatch");
    for (long size : sample) {
      shape.addDimBuilder().setDimValue(size);
    }
    graph.addInput(value(name, floats().setShape(shape)));
  }

  /** Adds a node; returns the name of its output, which is its own. */
  String add(String type, String name, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes)));
    return name;
  }

  void floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    constant(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  void integers(String name, int[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    constant(name, TensorProto.DataType.INT32, bytes, shape);
  }

  /** A shape. */
  void longs(String name, long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    constant(name, TensorProto.DataType.INT64, bytes, values.length);
  }

  void signedBytes(String name, byte[] values, long... shape) {
    constant(name, TensorProto.DataType.INT8, ByteBuffer.wrap(values), shape);
  }

  void unsignedByte(String name, byte value) {
    constant(name, TensorProto.DataType.UINT8, ByteBuffer.wrap(new byte[] {value}));
  }

  /** The file's bytes of a graph that puts these out. */
  byte[] file(List<String> outputs) {
    GraphProto.Builder complete = graph.build().toBuilder();
    outputs.forEach(output -> complete.addOutput(value(output, floats())));
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
        .setGraph(complete)
        .build()
        .toByteArray();
  }

  static AttributeProto attribute(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, String value) {
    return attribute(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto list(String name, int... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static TypeProto.Tensor.Builder floats() {
    return TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
  }

  private static ValueInfoProto value(String name, TypeProto.Tensor.Builder type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void constant(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes)));
  }
}
