package org.springframework.web.bind.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** As much of Spring's as the controller of docs/relay.md needs to be compiled. */
@Target(ElementType.PARAMETER)
public @interface RequestBody {
  
}
