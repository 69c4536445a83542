package org.dl4jsnn.internal.json;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.BeanProperty;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.MapperFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.ObjectReader;
import org.nd4j.shade.jackson.databind.ObjectWriter;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.deser.ContextualDeserializer;
import org.nd4j.shade.jackson.databind.introspect.Annotated;
import org.nd4j.shade.jackson.databind.introspect.AnnotatedClass;
import org.nd4j.shade.jackson.databind.introspect.AnnotatedMember;
import org.nd4j.shade.jackson.databind.introspect.AnnotatedParameter;
import org.nd4j.shade.jackson.databind.introspect.JacksonAnnotationIntrospector;
import org.nd4j.shade.jackson.databind.introspect.VisibilityChecker;
import org.nd4j.shade.jackson.databind.json.JsonMapper;
import org.nd4j.shade.jackson.databind.ser.ContextualSerializer;

/**
 * How values are saved: a class with a constructor that takes each of its fields by name, as every
 * record has, by its fields; any other class by its public fields and getters, or by its own
 * annotations. Classes of the library are compiled with the names of parameters ({@code
 * -parameters}).
 */
final class Values {

  /** Never changed, and never handed out. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new ByFields())
          .addMixIn(BackpropRule.class, NamedByClass.class)
          .addMixIn(NeuronDynamics.class, NamedByClass.class)
          .addMixIn(Surrogate.class, NamedByClass.class)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Values() {}

  /** Writes the value of a {@link SavedByFields} field. */
  static final class Writer extends JsonSerializer<Object> implements ContextualSerializer {

    private final ObjectWriter writer;

    /** For Jackson, which then asks for the writer of a field. */
    Writer() {
      this(MAPPER.writer());
    }

    private Writer(ObjectWriter writer) {
      this.writer = writer;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty field) {
      return new Writer(MAPPER.writerFor(field.getType()));
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      writer.writeValue(out, value);
    }
  }

  /**
   * Reads the value of a {@link SavedByFields} field. Before it looks up a class by name, it asks
   * the validator of the mapper that reads the configuration.
   */
  static final class Reader extends JsonDeserializer<Object> implements ContextualDeserializer {

    private final ObjectReader reader;

    /** For Jackson, which then asks for the reader of a field. */
    Reader() {
      this(MAPPER.reader());
    }

    private Reader(ObjectReader reader) {
      this.reader = reader;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty field) {
      return new Reader(
          MAPPER
              .copy()
              .setPolymorphicTypeValidator(context.getConfig().getPolymorphicTypeValidator())
              .readerFor(field.getType()));
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return reader.readValue(in);
    }
  }

  /** Of roles that many classes play. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
  private interface NamedByClass {}

  /** Finds fields and their constructor without annotations. */
  private static final class ByFields extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public VisibilityChecker<?> findAutoDetectVisibility(
        AnnotatedClass type, VisibilityChecker<?> checker) {
      return creator(type.getRawType()) == null
          ? super.findAutoDetectVisibility(type, checker)
          : checker
              .withGetterVisibility(Visibility.NONE)
              .withIsGetterVisibility(Visibility.NONE)
              .withSetterVisibility(Visibility.NONE)
              .withFieldVisibility(Visibility.ANY);
    }

    @Override
    public JsonCreator.Mode findCreatorAnnotation(MapperConfig<?> config, Annotated member) {
      JsonCreator.Mode annotated = super.findCreatorAnnotation(config, member);
      return annotated == null && isCreator(member.getAnnotated())
          ? JsonCreator.Mode.PROPERTIES
          : annotated;
    }

    @Override
    public String findImplicitPropertyName(AnnotatedMember member) {
      return member instanceof AnnotatedParameter parameter
              && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
              && isCreator(constructor)
          ? constructor.getParameters()[parameter.getIndex()].getName()
          : super.findImplicitPropertyName(member);
    }
  }

  private static boolean isCreator(AnnotatedElement member) {
    return member instanceof Constructor<?> constructor
        && constructor.equals(creator(constructor.getDeclaringClass()));
  }

  /** The constructor that takes each field by name; null if there is none, or if one is marked. */
  private static Constructor<?> creator(Class<?> type) {
    Set<String> fields = fields(type);
    boolean isMarked =
        Stream.concat(
                Arrays.stream(type.getDeclaredConstructors()),
                Arrays.stream(type.getDeclaredMethods()))
            .anyMatch(member -> member.isAnnotationPresent(JsonCreator.class));
    return isMarked || fields.isEmpty()
        ? null
        : Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> constructor.getParameterCount() == fields.size())
            .filter(constructor -> fields.equals(parameters(constructor)))
            .findFirst()
            .orElse(null);
  }

  private static Set<String> parameters(Constructor<?> constructor) {
    return Arrays.stream(constructor.getParameters())
        .filter(Parameter::isNamePresent)
        .map(Parameter::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> fields(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          names.add(field.getName());
        }
      }
    }
    return names;
  }
}
