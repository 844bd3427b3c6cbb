# Run by the build (cmake -P): FILE becomes the C array SYMBOL in OUT. A zero byte follows the last one.
file(READ "${FILE}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE "${OUT}" "const unsigned char ${SYMBOL}[] = {${bytes}0};\nconst unsigned ${SYMBOL}_size = ${size};\n")
