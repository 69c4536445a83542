package org.dl4jsnn.property;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints plans as the Java expressions that make them. */
final class JavaCode {

  private JavaCode() {}

  static String of(Record plan) {
    return Arrays.stream(plan.getClass().getRecordComponents())
        .map(component -> valueOf(plan, component))
        .collect(Collectors.joining(", ", "new " + plan.getClass().getSimpleName() + "(", ")"));
  }

  private static String valueOf(Record plan, RecordComponent component) {
    try {
      return literal(component.getAccessor().invoke(plan));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("plan cannot be printed: " + plan.getClass(), e);
    }
  }

  private static String literal(Object value) {
    if (value instanceof Enum<?> constant) {
      Class<?> type = constant.getDeclaringClass();
      Class<?> around = type.getEnclosingClass();
      String outer = around == null ? "" : around.getSimpleName() + ".";
      return outer + type.getSimpleName() + "." + constant.name();
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(JavaCode::literal)
          .collect(Collectors.joining(", ", "List.of(", ")"));
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Double.isNaN(number)
          ? "Double.NaN"
          : number > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return value instanceof Long ? value + "L" : String.valueOf(value);
  }
}
